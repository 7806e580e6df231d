/** What a comment at the end of a line begins with. */
const START: { readonly [language: string]: string } = { python: '#', java: '//', csharp: '//', go: '//' };

/** jsii-rosetta loses a comment behind the last statement, and puts one behind an argument into the next line of Go. */
export function withComments(original: string, translation: string, language: string): string {
  const joined = translation.replace(/,\n[ \t]+\/\/ /g, ', // ').trimEnd();
  const last = /;? \/\/ (.*)$/.exec(original.trimEnd().split('\n').at(-1)!)?.[1];
  return last === undefined || joined.endsWith(last) ? joined : `${joined} ${START[language]} ${last}`;
}
