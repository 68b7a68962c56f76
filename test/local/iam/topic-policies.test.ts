import { ROLE, resource, statement } from './requests';
import { attachedPolicy, type PolicyHolders } from '../../../src/local/iam/attached-policy';
import { PolicyAuthorizer } from '../../../src/local/iam/policy-authorizer';
import { RolePolicies } from '../../../src/local/iam/role-policies';
import { TopicPolicies } from '../../../src/local/iam/topic-policies';
import { RunJournal } from '../../../src/local/journal';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';

it("judges publishing by the topic's own policy, too", () => {
  const topics = new TopicPolicies();
  const provided = topics.provide(
    resource('AWS::SNS::TopicPolicy', {
      Topics: [TOPIC],
      PolicyDocument: {
        Statement: [statement({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TOPIC })],
      },
    }),
  );
  expect(provided).toEqual({ ref: 'Id', attributes: { Id: 'Id' } });
  const authorizer = new PolicyAuthorizer({
    roles: new RolePolicies(),
    resourcePolicy: (arn) => attachedPolicy(arn, { topics } as PolicyHolders),
    journal: new RunJournal(),
  });
  expect(() => authorizer.authorize(ROLE, 'sns:Publish', TOPIC)).toThrow(
    `is not authorized to perform: sns:Publish on resource: ${TOPIC} with an explicit deny in a resource-based policy`,
  );
  expect(() => authorizer.authorize(ROLE, 'sns:Publish', `${TOPIC}-other`)).not.toThrow();
});
