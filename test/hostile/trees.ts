/** Damage to JSON as a tree: values of other types, hostile texts as values and as names, members doubled, dropped and nested. */
import { hostileText } from './texts';
import { Dice } from '../dice';

type Tree = { [name: string]: unknown } | unknown[];

/** A copy with a few changes at random places. */
export function changedTree(dice: Dice, tree: object): object {
  const copy = structuredClone(tree) as Tree;
  for (let changes = 1 + dice.below(3); changes > 0; changes--) {
    const places = placesIn(copy);
    if (places.length === 0) { break; }
    change(dice, ...dice.pick(places));
  }
  return copy;
}

type Place = readonly [parent: Tree, key: string];

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.keys(value).flatMap((key): Place[] => [[value as Tree, key],
    ...placesIn((value as Record<string, unknown>)[key])]);
}

function change(dice: Dice, parent: Tree, key: string): void {
  const members = parent as Record<string, unknown>;
  const value = members[key];
  const put = (name: string, other: unknown) => Object.defineProperty(
    members, name, { value: other, enumerable: true, configurable: true, writable: true },
  );
  dice.pick<() => void>([
    () => { put(key, hostileText(dice)); },
    () => { put(key, hostileText(dice)); },
    () => { put(key, `${typeof value === 'string' ? value : ''}${hostileText(dice)}`); },
    () => {
      put(key, dice.pick<unknown>([null, true, 0, -1, 1e21, '', [], {}, [[]], [null], { Ref: 'AWS::NoValue' },
        { Ref: 'Nothing' }]));
    },
    () => { put(key, [value, value]); },
    () => { put(key, { [hostileText(dice)]: value }); },
    () => { put(key, intrinsic(dice, value)); },
    () => { if (Array.isArray(parent)) { parent.splice(Number(key), 1); } else { delete members[key]; } },
    () => { if (!Array.isArray(parent)) { put(hostileText(dice), value); } },
    () => {
      if (Array.isArray(parent)) { return; }
      delete members[key];
      put(hostileText(dice), value);
    },
  ])();
}

/** Functions of CloudFormation around a value, right and wrong. */
function intrinsic(dice: Dice, value: unknown): unknown {
  const text = hostileText(dice);
  return dice.pick<unknown>([
    { Ref: text }, { 'Fn::GetAtt': [text, text] }, { 'Fn::GetAtt': text }, { 'Fn::Sub': text },
    { 'Fn::Sub': [`\${${text}}`, { [text]: value }] },
    { 'Fn::Join': [text, [value, text]] }, { 'Fn::Select': [text, [value]] }, { 'Fn::Split': [text, text] },
    { 'Fn::If': [text, value, value] },
    { 'Fn::FindInMap': [text, text, text] }, { 'Fn::ImportValue': text },
    { 'Fn::Transform': { Name: text, Parameters: {} } },
    { 'Fn::ForEach::Loop': [text, [text], { [text]: value }] }, { 'Fn::ToJsonString': value },
    { 'Fn::Base64': value }, { 'Fn::Nothing': value },
    { 'Fn::Length': value }, { 'Fn::Cidr': [text, 2, 3] }, { 'Fn::GetAZs': text }, { 'Ref': 'a', 'Fn::Sub': 'b' },
    { 'Fn::Sub': '${'.repeat(1000) },
  ]);
}
