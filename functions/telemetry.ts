import { Logger } from '@aws-lambda-powertools/logger';

/**
 * JSON logs: a static message and tagged keys. Ids, counts and times only; never transcripts or callers. Service name
 * and level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL.
 */
export const log = new Logger();
