/** The part of sherpa-onnx-node that is used; the package brings no types of its own. */
export interface SherpaLibrary {
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
  readonly OfflineRecognizer: new (config: object) => OfflineRecognizer;
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
  getResult: (stream: object) => { readonly text: string };
}

export interface OnlineResult {
  readonly text: string;
  readonly tokens: readonly string[];
  /** Seconds of each token since `start_time`. */
  readonly timestamps: readonly number[];
  /** Seconds from the beginning of the stream. */
  readonly start_time: number;
}

interface Wave {
  readonly samples: Float32Array;
  readonly sampleRate: number;
}
