import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../json-operations';
import type { Authorizer, FaultSource, HttpService, Principal } from '../services';
import { operationOf } from './operations';
import type { StateMachines } from './state-machines';

/** The HTTP API of Step Functions (JSON 1.0): what `@aws-sdk/client-sfn` and the AWS CLI speak. */
export class StepFunctionsService implements HttpService {
  constructor(
    private readonly machines: StateMachines,
    private readonly authorizer: Authorizer,
    private readonly faults: FaultSource,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    await answerJson(request, response, '1.0', async (name, input) => {
      const operation = operationOf(name);
      const resource = operation.resource(input);
      if (resource !== undefined) this.authorizer.authorize(principal, `states:${name}`, resource);
      const on = String(input.executionArn ?? input.stateMachineArn);
      return this.faults.around({ service: 'states', operation: name, on }, async () =>
        operation.run(this.machines, input, principal),
      );
    });
  }
}
