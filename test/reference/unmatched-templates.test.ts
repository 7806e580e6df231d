import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { possibleRequests } from './requests';
import { UNMATCHED_TEMPLATES, UNTAGGED_TYPES } from './unmatched-templates';
import { ArnForm } from '../../lib/engine/regions/arn-forms';
import { requestCatalog } from '../../lib/reference/request-catalog';

/** The types of CloudFormation whose ARNs its specification has a template of. */
const TYPES = [...loadAwsServiceSpecSync().all('resource')].flatMap(
  ({ cloudFormationType: type, arnTemplate: template, tagInformation }) => (
    template === undefined ? [] : [{ type, template, isTaggable: tagInformation !== undefined }]));

const { asOf, services } = requestCatalog();

/** The forms of the ARNs of each service, with whether some requests on them have tags of the resource. */
const hasTags = new Map<string, Map<string, boolean>>();
for (const { resources, presenceOf } of [...services.keys()].flatMap((prefix) => services.get(prefix)!)) {
  for (const form of resources) {
    const service = form.split(':')[2];
    if (!hasTags.has(service)) { hasTags.set(service, new Map()); }
    const forms = hasTags.get(service)!;
    if (!forms.get(form)) { forms.set(form, presenceOf!('aws:resourcetag/team', form) !== 'never'); }
  }
}

/** One action for each service, which is authorized on all its forms. */
const ALL_FORMS = {
  asOf,
  services: new Map([...hasTags].map(([service, forms]) => [service, [{ name: 'Any', resources: [...forms.keys()] }]])),
};

const VALUES: { readonly [placeholder: string]: string } = {
  '${Partition}': 'aws', '${Region}': 'eu-west-1', '${Account}': '111122223333',
};

/** The forms that an ARN of the template has. */
function formsOf(template: string): ArnForm[] {
  const arn = template.replace(/\$\{[^}]*\}/g, (placeholder) => VALUES[placeholder] ?? 'x1');
  const [, , service] = arn.split(':');
  return hasTags.has(service) ? possibleRequests(`${service}:Any`, arn, ALL_FORMS).map(({ place }) => place.form!) : [];
}

const ALL = TYPES.map((type) => ({ ...type, forms: formsOf(type.template) }));
const MATCHED = ALL.filter(({ forms }) => forms.length > 0);
const listed = (reasons: { readonly [why: string]: readonly string[] }) => Object.values(reasons).flat().sort();

test('the specification has templates of many types', () => {
  expect(TYPES.length).toBeGreaterThan(900);
  expect(TYPES.filter(({ isTaggable }) => isTaggable).length).toBeGreaterThan(800);
});

test('the templates that match no form are those that were looked at', () => {
  const unmatched = ALL.filter(({ forms }) => forms.length === 0).map(({ type, template }) => `${type} ${template}`);
  expect(unmatched.sort()).toEqual(listed(UNMATCHED_TEMPLATES));
});

test('a template has a region and an account if a form that it matches has', () => {
  const differing = MATCHED.filter(({ template, forms }) => {
    const [, , , region, account] = template.split(':');
    return !forms.some(({ hasRegion, hasAccount }) => hasRegion === (region !== '') && hasAccount === (account !== ''));
  });
  expect(differing.map(({ type }) => type)).toEqual([]);
});

test('the taggable types that no request has tags of are those that were looked at', () => {
  const isTagged = ({ service = '', whole }: ArnForm) => hasTags.get(service)!.get(whole.source as string)!;
  const untagged = MATCHED.filter(({ isTaggable, forms }) => isTaggable && !forms.some(isTagged));
  expect(untagged.map(({ type }) => type).sort()).toEqual(listed(UNTAGGED_TYPES));
});
