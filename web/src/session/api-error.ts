import { z } from 'zod';

/** Problem details of RFC 9457, as far as a person sees them. */
const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

/**
 * What went wrong between the page and the API.
 * - `network`: no answer came; trying again may help
 * - `signed-out`: the session is over
 * - `refused`: the API answered 4xx, with the reason in the message
 * - `failed`: the API answered 5xx; trying again may help
 * - `misunderstood`: the answer does not follow the contract, so page and API are of different versions
 */
export type ApiErrorKind = 'network' | 'signed-out' | 'refused' | 'failed' | 'misunderstood';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  readonly status: number | undefined;

  constructor(kind: ApiErrorKind, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
  }

  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    return this.kind === 'network' || this.kind === 'failed' || this.status === 429;
  }
}

/** The error that an answer other than 2xx stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  const problem = problemSchema.safeParse(body);
  const message = problem.success
    ? (problem.data.detail ?? problem.data.title)
    : `The server answered ${String(status)}`;
  if (status === 401) return new ApiError('signed-out', message, { status });
  return new ApiError(status >= 500 ? 'failed' : 'refused', message, { status });
}
