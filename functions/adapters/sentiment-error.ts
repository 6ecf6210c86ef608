/** A sentiment engine could not be opened, or did not score a text. */
export class SentimentEngineError extends Error {
  override readonly name = 'SentimentEngineError';
  /** The same text may be scored later. */
  readonly retryable: boolean;

  constructor(message: string, retryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.retryable = retryable;
  }
}
