import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { InfraConfig } from './config.ts';
import type { Handler } from './handler.ts';
import { acknowledge } from './nag.ts';

/** The variable that says to a function how recaps are written. */
export function recapEnvironment({ recap: engine, recapModel, recapUrl, recapSecretName }: InfraConfig): string {
  return JSON.stringify({ engine, model: recapModel, url: recapUrl, secretName: recapSecretName });
}

/** Lets a function ask the configured model, and nothing where recaps are extracted. */
export function allowModel(handler: Handler, { recap, recapModel = '', recapSecretName }: InfraConfig): void {
  if (recapSecretName !== undefined) {
    Secret.fromSecretNameV2(handler, 'ModelKey', recapSecretName).grantRead(handler.function);
  }
  if (recap !== 'bedrock') return;
  const { partition, region, account } = Stack.of(handler);
  // An inference profile hands requests on to its model in other regions; its id is the model's with a prefix.
  const foundationModel = recapModel.replace(/^(us|us-gov|eu|apac|jp|au|ca|global)\./, '');
  handler.allow(
    ['bedrock:InvokeModelWithResponseStream'],
    `arn:${partition}:bedrock:*::foundation-model/${foundationModel}`,
    `arn:${partition}:bedrock:${region}:${account}:inference-profile/${recapModel}`,
  );
  acknowledge(handler, {
    [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:bedrock:*::foundation-model/${foundationModel}]`]:
      'An inference profile chooses among the regions in which its model runs.',
  });
}
