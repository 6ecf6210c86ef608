/** A model that can be fetched, and all that is to be known of it before. */
export interface KnownModel {
  /** The name of its folder too. */
  readonly name: string;
  readonly languages: string;
  /** SPDX expression. */
  readonly license: string;
  /** What was measured here; docs/performance.md says how. */
  readonly wordError: string;
  /** The package of Python's index that holds it; nothing of that is run. */
  readonly wheel: {
    readonly package: string;
    readonly version: string;
    readonly platform: string;
    readonly bytes: number;
    readonly sha256: string;
  };
  /** What is kept of it. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const MOONSHINE = 'moonshine_voice/assets/tiny-en';

/** The models that `earshot-relay model` knows. One of another kind is put into a folder by hand. */
export const knownModels: readonly KnownModel[] = [
  {
    name: 'moonshine-tiny-en',
    languages: 'English',
    license: 'MIT',
    wordError: '8 %',
    wheel: {
      package: 'moonshine-voice',
      version: '0.1.0',
      // The model's files are the same for every machine.
      platform: 'manylinux_2_34_x86_64',
      bytes: 56_400_000,
      sha256: '0f833deb43bad5dcfb4cfd3257b6df83ef9abd3f27be3199622fe41932e8d916',
    },
    files: [
      {
        path: `${MOONSHINE}/encoder_model.ort`,
        bytes: 13_281_600,
        sha256: '94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221',
      },
      {
        path: `${MOONSHINE}/decoder_model_merged.ort`,
        bytes: 30_412_256,
        sha256: 'cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0',
      },
      {
        path: `${MOONSHINE}/tokenizer.bin`,
        bytes: 249_974,
        sha256: '6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d',
      },
      {
        path: 'moonshine_voice-0.1.0.dist-info/licenses/LICENSE',
        bytes: 1_070,
        sha256: '5da20e09cad096fb153b6c80b26c270027f9601285c498e571fc74fee5ab7157',
      },
    ],
  },
];
