import { App, CfnOutput, ConstructSelector, Mixins, PropertyInjectors, Stack, Validations } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ts from 'typescript';
import * as library from '../../lib';
import { synthesize } from '../synthesize';

/** Runs snippets of a page as one program in the constructor of a stack, where the usual things have their usual names, and synthesizes the app. */
export function runSnippets(...snippets: string[]) {
  return synthesize(appOf(...snippets));
}

/** The app that the snippets make. */
export function appOf(...snippets: string[]): App {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const role = new library.PodIdentityRole(stack, 'GivenRole');
  const names = {
    ...library,
    app,
    CfnOutput,
    ConstructSelector,
    Mixins,
    PropertyInjectors,
    Stack,
    stack,
    Validations,
    iam,
    s3,
    eks,
    CfnPodIdentityAssociation,
    role,
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    bucket: new s3.Bucket(stack, 'Bucket'),
    expect,
  };
  // A snippet may have a role of its own instead of the given one.
  const body = snippets.map((text) => ts.transpile(text, { target: ts.ScriptTarget.ES2022 })).join('\n');
  new Function(...Object.keys(names), `{${body}}`).call(stack, ...Object.values(names));
  return app;
}
