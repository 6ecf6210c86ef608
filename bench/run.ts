import { readdirSync } from 'node:fs';
import type { Benchmark } from './benchmark.ts';

/** `npm run bench -- NAME [options]`; without a name it lists the benchmarks. */
const FILE_END = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(FILE_END))
  .map((file) => file.slice(0, -FILE_END.length));

async function load(name: string): Promise<Benchmark> {
  return ((await import(`./${name}${FILE_END}`)) as { default: Benchmark }).default;
}

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  for (const each of names) console.log(`${each.padEnd(12)} ${(await load(each)).about}`);
} else if (!names.includes(name)) {
  console.error(`There is no benchmark "${name}". Choose one of: ${names.join(', ')}.`);
  process.exitCode = 1;
} else {
  const { figures, peers } = await (await load(name)).run(args);
  console.log(JSON.stringify({ bench: name, ...figures, peers }));
}
