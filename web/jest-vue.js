import { transformSync } from '@swc/core';
import { compileScript, parse } from 'vue/compiler-sfc';

/** Compiles a Vue component for Jest, as Vite's plugin does for the browser; its styles are left out. */
export default {
  process(source, filename) {
    const component = source.includes('<script') ? source : `<script setup></script>${source}`;
    const { descriptor, errors } = parse(component, { filename });
    if (errors[0]) throw errors[0];
    const { content, map } = compileScript(descriptor, { id: filename, inlineTemplate: true });
    return transformSync(content, {
      filename: `${filename}.ts`,
      swcrc: false,
      inputSourceMap: JSON.stringify(map),
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'commonjs' },
    });
  },
};
