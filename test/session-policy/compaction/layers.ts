import { Json, Layer, parsePolicy } from '../../../lib/engine';
import { PolicyDocument } from '../../oracle/evaluate';

/** The policies of a role as the engine reads them. */
export function layersOf(identity: readonly PolicyDocument[], boundary?: PolicyDocument): Layer[] {
  const layer = (name: Layer['name'], documents: readonly PolicyDocument[]): Layer => ({
    name, policies: documents.map((document) => parse(document, name)), gaps: [],
  });
  return [layer('identity policies', identity), ...(boundary ? [layer('permissions boundary', [boundary])] : [])];
}

function parse(document: PolicyDocument, name: string) {
  const { policy, problems } = parsePolicy(document as unknown as Json, name);
  if (problems.length > 0) { throw new Error(`${name}: ${JSON.stringify(problems)}`); }
  return policy;
}
