"""Makes the calls of AWS's APIs that stand on standard input as JSON, all pages of each, and prints their answers."""

import json
import sys

import boto3


def call(service, operation, parameters):
    client = boto3.client(service)
    if client.can_paginate(operation):
        return client.get_paginator(operation).paginate(**parameters).build_full_result()
    return getattr(client, operation)(**parameters)


calls = json.load(sys.stdin)
json.dump([call(each["service"], each["operation"], each["parameters"]) for each in calls], sys.stdout, default=str)
