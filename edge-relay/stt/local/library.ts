/** The part of sherpa-onnx-node that is used; the package brings no types of its own. */
export interface SherpaLibrary {
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
  readonly OfflineRecognizer: new (config: object) => OfflineRecognizer;
  readonly Vad: new (config: object, bufferSeconds: number) => Vad;
}

export interface OnlineRecognizer {
  createStream: () => OnlineStream;
  isReady: (stream: OnlineStream) => boolean;
  /** Blocks. Every stream must be ready. */
  decodeStreams: (streams: OnlineStream[]) => void;
  isEndpoint: (stream: OnlineStream) => boolean;
  reset: (stream: OnlineStream) => void;
  getResult: (stream: OnlineStream) => OnlineResult;
}

export interface OnlineStream {
  /** Samples between -1 and 1. */
  acceptWaveform: (wave: Wave) => void;
  inputFinished: () => void;
}

export interface OfflineRecognizer {
  createStream: () => { acceptWaveform: (wave: Wave) => void };
  /** Blocks. */
  decode: (stream: object) => void;
  getResult: (stream: object) => OfflineResult;
}

interface OfflineResult {
  readonly text: string;
  readonly tokens?: readonly string[];
  /** Seconds of each token since the beginning of the piece; models of some kinds give none. */
  readonly timestamps?: readonly number[];
}

export interface OnlineResult {
  readonly text: string;
  readonly tokens: readonly string[];
  /** Seconds of each token since `start_time`. */
  readonly timestamps: readonly number[];
  /** Seconds from the beginning of the stream. */
  readonly start_time: number;
}

/** A trained detector of voice. */
export interface Vad {
  /** One window of samples between -1 and 1, at 16 kHz. */
  acceptWaveform: (samples: Float32Array) => void;
  /** Whether a voice is speaking at the end of what was accepted. */
  isDetected: () => boolean;
  isEmpty: () => boolean;
  pop: () => void;
  reset: () => void;
}

interface Wave {
  readonly samples: Float32Array;
  readonly sampleRate: number;
}
