import { Tags, Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Bundles } from './bundle.ts';
import type { InfraConfig } from './config.ts';
import { DataStack } from './data-stack.ts';
import { DoorsStack } from './doors-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { SiteStack } from './site-stack.ts';

export interface EarshotParts {
  readonly bundles: Bundles;
  readonly pageFolder: string | undefined;
}

/** Adds Earshot's stacks, split by life cycle, to an app, and checks them with cdk-nag. */
export function addEarshot(app: App, config: InfraConfig, { bundles, pageFolder }: EarshotParts) {
  const named = (part: string) => `Earshot-${config.stage}-${part}`;
  const terminationProtection = config.stage !== 'local';
  const data = new DataStack(app, named('Data'), { config, terminationProtection });
  const doors = new DoorsStack(app, named('Doors'), { config, bundles, data });
  const site = new SiteStack(app, named('Site'), { config, data, doors, pageFolder });
  const pipeline = new PipelineStack(app, named('Pipeline'), { config, bundles, data, doors, siteUrl: site.url });
  Tags.of(app).add('project', 'earshot');
  Tags.of(app).add('stage', config.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, doors, pipeline, site };
}
