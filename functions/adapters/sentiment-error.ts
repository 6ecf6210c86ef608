/** A sentiment engine could not be opened, or did not score a text. */
export class SentimentEngineError extends Error {
  override readonly name = 'SentimentEngineError';
  /** Whether scoring the same text later may succeed. */
  readonly retryable: boolean;

  constructor(message: string, retryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.retryable = retryable;
  }
}
