import { writeFileSync } from 'node:fs';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { relayTicketsPath } from '#core/contracts/http/tickets.ts';
import { createApp } from './api/app.ts';

/**
 * The HTTP API as types for the page's client, made from the document that the API serves: paths, parameters, bodies
 * and answers; printed, or written to the file that is named. Refusals have one form on every path, so they are left out, and so is the path of the relays.
 */
const app = createApp({} as Parameters<typeof createApp>[0]);
const response = await app.request('/openapi.json');
const { paths = {}, ...document } = (await response.json()) as OpenAPI3;
const ofPeople = Object.fromEntries(Object.entries(paths).filter(([path]) => path !== relayTicketsPath('{relayId}')));
const withoutRefusals = JSON.parse(JSON.stringify(ofPeople), (key, value: unknown) =>
  /^[45]\d\d$/.test(key) ? undefined : value,
) as typeof paths;

const declarations = await openapiTypescript({ ...document, paths: withoutRefusals });
// Nothing refers to the others.
const nodes = declarations.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'paths');
const types = astToString(nodes.map((node) => ts.visitEachChild(node, loosenRequests, undefined)));
const text = `// @generated from the API's own document by \`npm run api-types\`: DO NOT EDIT.\n\n${types}`;
const prettierConfig = await resolveConfig(import.meta.filename);
writeFileSync(process.argv[2] ?? 1, await format(text, { ...prettierConfig, parser: 'typescript' }));

/** Optional fields of a request may be undefined, as the contract's types have them; they are not sent then. */
function loosenRequests(node: ts.Node): ts.Node {
  const isRequest =
    ts.isPropertySignature(node) && ts.isIdentifier(node.name) && /^(parameters|requestBody)$/.test(node.name.text);
  return ts.visitEachChild(node, isRequest ? orUndefined : loosenRequests, undefined);
}

function orUndefined(node: ts.Node): ts.Node {
  const visited = ts.visitEachChild(node, orUndefined, undefined);
  if (!ts.isPropertySignature(visited) || !visited.questionToken || !visited.type) return visited;
  const { modifiers, name, questionToken, type } = visited;
  if (type.kind === ts.SyntaxKind.NeverKeyword) return visited;
  const union = [type, ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword)];
  return ts.factory.updatePropertySignature(
    visited,
    modifiers,
    name,
    questionToken,
    ts.factory.createUnionTypeNode(union),
  );
}
