def handler(event, context):
    raise NotImplementedError("only synthesised, never run")
