import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import { problemSchema, type Problem } from '#core/contracts/http/problem.ts';

const titles: Partial<Record<number, string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  500: 'Internal error',
};

/** An error that is reported to the client. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: ContentfulStatusCode;
  readonly field: string | undefined;

  constructor(status: ContentfulStatusCode, detail: string, field?: string) {
    super(detail);
    this.status = status;
    this.field = field;
  }
}

/** The error for an invalid input, naming the first invalid field. */
export function badInput(error: Pick<ZodError, 'issues'>): ProblemError {
  const [issue] = error.issues;
  return new ProblemError(400, issue?.message ?? 'The input was not understood.', issue?.path.join('.'));
}

/** The problem to report to the client; internal errors are reported without details. */
export function problemOf(error: unknown): Problem {
  const known = error instanceof ProblemError ? error : new ProblemError(500, 'Something went wrong here. Try again.');
  return {
    type: 'about:blank',
    title: titles[known.status] ?? 'Error',
    status: known.status,
    detail: known.message,
    ...(known.field && { field: known.field }),
  };
}

/** A problem response in a route's description. */
export function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}
