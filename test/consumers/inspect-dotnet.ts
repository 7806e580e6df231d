export function inspectDotnet(_repository: string, _temporary: string): void { throw new Error('not yet'); }
