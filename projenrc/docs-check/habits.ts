/**
 * Habits of writing that make readers stop, as data: what finds each, and what to write instead.
 *
 * A pattern is tried on each sentence, with a blank for each line break. Quotations are left out, because they are the words of others.
 */
import { CODE, linesBefore, type Passage, type PassageKind, type Sentence, sentencesOf } from './passage';

export interface Habit {
  readonly id: string;
  readonly pattern: RegExp;
  readonly instead: string;
  /** The kinds of passages that it applies to; all by default. */
  readonly kinds?: readonly PassageKind[];
  /** Whether it applies to the first sentence, or to a passage of one sentence; to each by default. */
  readonly of?: 'first sentence' | 'only sentence';
}

const oneOf = (words: string) => `(?:${words.trim().split(/\s+/).join('|')})`;

/** Verbs that Americans write with `ize` or `yze`. */
const VERBS = oneOf(`
  anal apolog author canonical capital categor central character custom emphas equal external final formal general harmon
  hypothes initial internal item jeopard legal local maxim memo memor minim modern neutral normal optim organ parallel parameter
  penal prior random rational real recogn sanit scrutin serial special stabil standard summar symbol synchron synthes token union util
  virtual visual
`);
const WITH_OUR = oneOf('behavi col endeav fav flav harb hon hum lab neighb rum');
const OTHER_BRITISH = oneOf(`
  amongst cancelled cancelling catalogues? centres? centred defence dialled fulfil fulfils grey labelled labelling learnt levelled licences? modelled
  modelling offence programmes? signalled signalling towards travelled travelling whilst
`);

export const HABITS: readonly Habit[] = [
  // ---- The order of words ----
  { id: 'of-first', pattern: /^Of (?!course\b)/, instead: 'Name the subject first: "A statement leaves…", not "Of a statement…".' },
  {
    id: 'what-is',
    pattern: /^What [^.?,;:]{3,100}, (?:is|are|was|were|has|have|can|may|must)\b/,
    instead: 'Name the subject first: "A statement leaves…", not "What a statement leaves, is…".',
  },
  { id: 'inverted-condition', pattern: /^(?:Were|Had|Should) [^.?]*(?:[^.?]|\.)$/, instead: 'Begin the condition with "if".' },

  // ---- Constructions ----
  {
    id: 'as-many-as',
    pattern: /(?<!\b(?:twice|half|times|exactly|just|least|not) )\bas (?:many|much|few|little)\b(?: [\w'-]+){0,6} as\b|^As (?:many|much|few|little)\b/,
    instead: 'Write "at most", or "the same number of".',
  },
  { id: 'is-no', pattern: /(?<!\bthere )\b(?:is|are|was|were|be|been) no (?!longer\b|more\b|less\b|fewer\b)/i, instead: 'Write "is not a…", or "no…".' },
  {
    id: 'there-is-no-that',
    pattern: /\bthere (?:is|are|was|were) no (?:[\w'-]+ ){1,4}(?:that|which|who|whose) [a-z]/i,
    instead: 'Write "no … has", with the verb of the clause.',
  },
  {
    id: 'where-condition',
    pattern: new RegExp([
      '\\b(?:only|except|but|even|also) where\\b',
      '(?<![,;] )\\bwhere (?:nothing|somebody|nobody|others|only|neither|both|either)\\b',
      '\\bfails? where\\b',
      '\\bwhere (?:there (?:is|are)|possible|needed|necessary|applicable|appropriate)\\b',
      ', where (?:it|they) (?:is|are) (?:there|present|given|set|known)\\b',
      `(?:${CODE}|\\d) where (?:the|a|an|it|they|something|no)\\b`,
      '^Where [^.?,]{3,80}, (?:the|a|an|it|its|they|this|that|these|you|nothing|no|all|each|only|both|one|make|remove|add|give)\\b',
    ].join('|')),
    instead: 'Write "if" or "when" for a condition.',
  },
  {
    id: 'takes-for',
    pattern: /\b(?:take|takes|taken|took|taking)\b(?: (?!(?:time|long|longer|steps?|minutes|seconds|care|values?)\b|\d)[\w'`…-]+){1,6} for\b/,
    instead: 'Write "treats … as".',
  },
  {
    id: 'is-about',
    pattern: /\b(?:is|are|was|were|be) (?:not |neither |also |only )?about (?!\d|half\b|twice\b|two\b|three\b|four\b|five\b|ten\b|one\b|an? (?:hour|half|third|quarter|fifth|tenth|hundred|thousand)\b|the same\b|as\b|to\b|`…`)/,
    instead: 'Write "applies to", or the exact verb.',
  },
  {
    id: 'says-of',
    pattern: /\b(?:say|says|said|saying) (?:(?:nothing|something|anything|so|this|that|more|much|different things) )?of\b/,
    instead: 'Write "reports", "contains", or the exact verb.',
  },
  { id: 'makes-of', pattern: /\b[Ww]hat(?:ever)? [^.?,;:]{1,60}\bmakes? of\b/, instead: 'Write "converts to", or the exact verb.' },

  // ---- Words ----
  { id: 'mend', pattern: /\bmend(?:s|ed|ing)?\b/i, instead: 'Write "fix".' },
  { id: 'besides', pattern: /\bbesides\b/i, instead: 'Write "also", or "other than".' },
  { id: 'at-once', pattern: /\bat once\b/i, instead: 'Write "immediately", or "at the same time".' },
  { id: 'by-hand', pattern: /\bby hand\b/i, instead: 'Write "explicitly", or "manually".' },
  {
    id: 'known-at-deployment',
    pattern: /\bknown (?:only )?(?:at|after) (?:the )?deploy(?:ment)?(?: time)?\b/i,
    instead: 'Write "deploy-time value", or "unresolved at synth".',
  },
  {
    id: 'british',
    pattern: new RegExp(`\\b(?:(?:un|re|de)?${VERBS}(?:i|y)s(?:e|es|ed|er|ers|ing|ation|ations)(?<!analyses)|${WITH_OUR}our\\w*|${OTHER_BRITISH})\\b`, 'i'),
    instead: 'Write it as Americans do: authorize, color, behavior, toward.',
  },

  // ---- Private words, in place of those of the field ----
  { id: 'private-counterexample', pattern: /\b(?:counter-example|example against|example to the contrary)s?\b/i, instead: 'Write "counterexample", or "witness".' },
  { id: 'private-cache', pattern: /\bremember(?:s|ed|ing)?\b/i, instead: 'Write "caches", "memoizes", or "keeps".' },
  { id: 'private-fallback', pattern: /\b(?:stand-in|makeshift|for want of)s?\b/i, instead: 'Write "fallback".' },
  { id: 'private-lazily', pattern: /\b(?:(?:at|on|with) (?:its |their |the )?first use|when (?:it is |they are )?first (?:needed|asked for))\b/i, instead: 'Write "lazily".' },
  { id: 'private-disjoint', pattern: /\bnothing in common\b/i, instead: 'Write "disjoint", or "do not overlap".' },
  { id: 'private-set', pattern: /\b(?:box of|fate of|atom)s?\b/i, instead: 'Write "pattern pair", "access change", or "symbolic variable".' },

  // ---- Comments ----
  {
    id: 'fragment',
    pattern: /^(?:In|With|Without|By|For|As|From|On|At|To|But|And|Or|Not|Also|Only|So|Because)\b(?: [^\s,;:.]+){1,5}\.?$/,
    instead: 'Write a whole sentence, or no comment.',
    kinds: ['comment', 'docstring', 'public docstring'],
    of: 'only sentence',
  },
  {
    id: 'semicolon-in-summary',
    pattern: /;/,
    instead: 'End the first sentence here: a semicolon cuts the summaries of other languages.',
    kinds: ['public docstring'],
    of: 'first sentence',
  },
];

export interface Finding {
  readonly habit: Habit;
  readonly line: number;
  /** The words that show it. */
  readonly words: string;
}

/** Returns the habits that a passage shows. */
export function habitsIn(passage: Pick<Passage, 'kind' | 'line' | 'text'>): Finding[] {
  const sentences = sentencesOf({ line: passage.line, text: withoutQuotations(passage.text) });
  return HABITS.filter(({ kinds }) => kinds === undefined || kinds.includes(passage.kind)).flatMap((habit) => {
    return sentencesFor(habit, sentences).flatMap(({ text, line }) => {
      const found = habit.pattern.exec(text.trimEnd().replace(/\s/g, ' '));
      return found === null ? [] : [{ habit, line: line + linesBefore(text, found.index), words: found[0] }];
    });
  });
}

function sentencesFor({ of }: Habit, sentences: readonly Sentence[]): readonly Sentence[] {
  switch (of) {
    case undefined: return sentences;
    case 'first sentence': return sentences.slice(0, 1);
    case 'only sentence': return sentences.length === 1 ? sentences : [];
  }
}

/** Leaves line breaks as they are. */
function withoutQuotations(text: string): string {
  return text.replace(/"[^"]{1,400}"|“[^”]{1,400}”|https?:\/\/\S+/g, (quoted) => CODE + quoted.replace(/[^\n]/g, ''));
}
