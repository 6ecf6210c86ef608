import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle.ts';
import { readInfraConfig } from './config.ts';
import { addEarshot } from './earshot.ts';

const app = new App({ postCliContext: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
const config = readInfraConfig(app.node);
const bundles = await bundleFunctions((name, bytes) => {
  console.error(`${name.padEnd(10)} ${(bytes / 1024).toFixed(0).padStart(5)} KB`);
});
addEarshot(app, config, {
  bundles,
  // CDK's uploader is a Python function that needs more of S3 than a local endpoint supports; `local/` serves the page.
  pageFolder: config.stage === 'local' ? undefined : new URL('../web/dist', import.meta.url).pathname,
});
app.synth();
