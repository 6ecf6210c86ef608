import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { z } from 'zod';

const emails = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter(Boolean))
  .pipe(z.array(z.email()));

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** What an operator sets with `-c name=value`; docs/deployment.md explains all. */
export const contextSchema = z
  .strictObject({
    /** Part of every stack's name; `local` is for an endpoint on this machine and keeps nothing when destroyed. */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,15}$/)
      .default('prod'),
    /** How long calls, utterances and alerts are kept. */
    retentionDays: z.coerce.number().int().min(1).max(3650).default(90),
    /** Who is told by e-mail when a part of Earshot itself fails; several separated by commas. */
    alarmEmails: emails,
    /** Who alerts of calls are mailed by, an identity that SES has verified, and to whom; without them no mail is sent. */
    alertEmailFrom: z.email().optional(),
    alertEmails: emails,
    /** The name of the secret in Secrets Manager that holds the URL of a Slack webhook. */
    slackSecretName: z
      .string()
      .regex(/^[\w/+=.@-]{1,512}$/)
      .optional(),
    /** People are told again of a critical alert that nobody has taken after so long. */
    escalateAfterMinutes: z.coerce.number().int().min(1).max(1440).default(5),
    /** A name of the page's own, and its certificate in us-east-1. */
    siteDomain: z.hostname().optional(),
    siteCertificateArn: z
      .string()
      .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'CloudFront takes certificates of us-east-1.')
      .optional(),
    /** Where the page is, where it is neither at `siteDomain` nor at CloudFront's own address. */
    siteUrl: z.url().optional(),
    /** People sign in on Cognito's managed pages at this prefix of its domain; needs `siteDomain` or `siteUrl`. */
    loginPrefix: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
      .optional(),
    /** An AWS WAF web ACL of scope CLOUDFRONT that guards the page. */
    webAclArn: z
      .string()
      .regex(
        /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
        'A web ACL of scope CLOUDFRONT is in us-east-1.',
      )
      .optional(),
    /** Who may take the relay's role: a role or a user. */
    relayPrincipalArn: z
      .string()
      .regex(/^arn:aws[\w-]*:iam::\d{12}:(role|user)\/.+$/)
      .optional(),
    /** The table and the alert topics are encrypted with a key of this account's own. */
    ownKey: flag,
    /** Functions send traces to X-Ray. */
    tracing: flag,
    /** Which engine scores utterances; see docs/sentiment.md. */
    sentiment: z.enum(['vader', 'textblob', 'transformer', 'comprehend']).default('vader'),
    /** A Lambda layer with `onnxruntime-web` and the model in `/opt/model`, for the engine `transformer`. */
    sentimentLayerArn: z
      .string()
      .regex(/^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/)
      .optional(),
    /** How long logs are kept: one of the spans that CloudWatch knows. */
    logRetentionDays: z.coerce.number().pipe(z.enum(RetentionDays)).default(RetentionDays.ONE_MONTH),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  })
  .refine(({ siteDomain, siteCertificateArn }) => (siteDomain === undefined) === (siteCertificateArn === undefined), {
    path: ['siteCertificateArn'],
    error: 'siteDomain and siteCertificateArn belong together.',
  })
  .refine(
    ({ loginPrefix, siteDomain, siteUrl }) =>
      loginPrefix === undefined || siteDomain !== undefined || siteUrl !== undefined,
    { path: ['loginPrefix'], error: 'Managed login must know where the page is: set siteDomain or siteUrl.' },
  )
  .refine(({ alertEmailFrom, alertEmails }) => (alertEmailFrom === undefined) === (alertEmails.length === 0), {
    path: ['alertEmailFrom'],
    error: 'alertEmailFrom and alertEmails belong together.',
  })
  .refine(({ sentiment, sentimentLayerArn }) => sentiment !== 'transformer' || sentimentLayerArn !== undefined, {
    path: ['sentimentLayerArn'],
    error: 'The engine transformer needs a layer with its runtime and its model.',
  });

const environmentSchema = z.object({ AWS_ENDPOINT_URL: z.url().optional() });

/** Settings of one deployment. */
export type InfraConfig = z.infer<typeof contextSchema> & {
  /** An AWS endpoint other than AWS's own, at whose paths the doors are found. */
  readonly endpointUrl: string | undefined;
};

/**
 * Reads the context and the environment.
 * @throws ZodError naming each value that is wrong
 */
export function readInfraConfig(node: Node, environment: NodeJS.ProcessEnv = process.env): InfraConfig {
  const names = Object.keys(contextSchema.shape);
  const context = Object.fromEntries(names.map((name) => [name, node.tryGetContext(name) as unknown]));
  return { ...contextSchema.parse(context), endpointUrl: environmentSchema.parse(environment).AWS_ENDPOINT_URL };
}

/** Where the operator says that the page is; undefined leaves it to CloudFront. */
export function siteUrlOf({ siteUrl, siteDomain }: InfraConfig): string | undefined {
  return (siteUrl ?? (siteDomain === undefined ? undefined : `https://${siteDomain}`))?.replace(/\/$/, '');
}
