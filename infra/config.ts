import type { Node } from 'constructs';
import { z } from 'zod';

const emails = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter(Boolean))
  .pipe(z.array(z.email()));

/** What an operator sets with `-c name=value`; README's deployment page explains each. */
export const contextSchema = z.strictObject({
  /** Part of every stack's name; `local` is for an endpoint on this machine and keeps nothing when destroyed. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/)
    .default('prod'),
  /** How long calls, utterances, alerts and logs are kept. */
  retentionDays: z.coerce.number().int().min(1).max(3650).default(90),
  /** Who is told by e-mail when a part of Earshot itself fails; several separated by commas. */
  alarmEmails: emails,
  /** Who alerts of calls are mailed by, an identity that SES has verified, and to whom; without both no mail is sent. */
  alertEmailFrom: z.email().optional(),
  alertEmails: emails,
  /** The name of the secret in Secrets Manager that holds the URL of a Slack webhook. */
  slackSecretName: z
    .string()
    .regex(/^[\w/+=.@-]{1,512}$/)
    .optional(),
  /** People are told again of a critical alert that nobody has taken after so long. */
  escalateAfterMinutes: z.coerce.number().int().min(1).max(1440).default(5),
  /** Where the page is, for links in notices, where it is not at CloudFront's own address. */
  siteUrl: z.url().optional(),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
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
