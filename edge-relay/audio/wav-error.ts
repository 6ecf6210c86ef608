/** The file is no recording that can be read; the message says why, for a person. */
export class WavError extends Error {
  override readonly name = 'WavError';
}
