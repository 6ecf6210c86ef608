/** Numbers by name; the name ends in the unit. */
export type Figures = Record<string, number>;

/** What one benchmark found. */
export interface Findings {
  /** Ours. */
  figures: Figures;
  /** The same for what we are compared with, by name. */
  peers: Record<string, Figures>;
}

/** One benchmark: the default export of `bench/<name>.bench.ts`. */
export interface Benchmark {
  /** One line for the list. */
  about: string;
  /** `args` are the words after the name on the command line; progress goes to stdout. */
  run(args: string[]): Promise<Findings>;
}
