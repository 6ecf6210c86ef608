import { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextSchema, readInfraConfig } from './config.ts';

const read = (context: Record<string, string>) => readInfraConfig(new App({ context }).node, {});

describe('the context', () => {
  it.each([
    ['stage', 'Prod!'],
    ['retentionDays', '0'],
    ['retentionDays', 'soon'],
    ['alarmEmails', 'nobody'],
    ['logLevel', 'LOUD'],
    ['alertEmailFrom', 'me'],
    ['slackSecretName', 'two words'],
    ['escalateAfterMinutes', '0'],
    ['siteUrl', 'earshot'],
    ['siteCertificateArn', 'arn:aws:acm:eu-west-1:123456789012:certificate/x'],
    ['loginPrefix', 'earshot'],
    ['relays', 'berlin-1'],
    ['reservedConcurrency', '10'],
    ['relayTrustAnchorArn', 'anchor'],
    ['webAclArn', 'acl'],
    ['ownKey', 'yes'],
    ['logRetentionDays', '31'],
    ['alertEmailFrom', 'me@earshot.example'],
    ['sentiment', 'feeling'],
  ])('rejects %s=%s, naming the option', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('requires a layer for the engine that needs one', () => {
    expect(() => read({ sentiment: 'transformer' })).toThrow('sentimentLayerArn');
  });

  it.each([
    [{ recap: 'bedrock' }, 'recapModel'],
    [{ recap: 'openai', recapModel: 'm' }, 'recapUrl'],
    [{ recapModel: 'm' }, 'recapModel'],
    [{ recap: 'bedrock', recapModel: 'm', recapSecretName: 'key' }, 'recapSecretName'],
  ])('wants of %j what belongs together', (context, name) => {
    expect(() => read(context)).toThrow(name);
  });

  it('may be empty', () => {
    expect(read({})).toMatchObject({ stage: 'prod', retentionDays: 90, logRetentionDays: 30, endpointUrl: undefined });
  });

  it('is documented, every option of it', () => {
    const page = readFileSync(join(__dirname, '../docs/deployment.md'), 'utf8');
    const [, options = ''] = /^## Options$(.*?)^## /ms.exec(page) ?? [];
    const explained = [...options.matchAll(/^\| +(`.+?`) +\|/gm)].flatMap(
      ([, names = '']) => names.match(/[a-z]\w+/gi) ?? [],
    );
    expect(explained.sort()).toEqual(Object.keys(contextSchema.shape).sort());
  });
});
