/**
 * What all pages have around their content: the head with the style, and the script if there is one.
 * Invariant: the page needs no network and no other file. The Content-Security-Policy allows only the style and the script that it has.
 */
import { createHash } from 'crypto';
import type { ComponentChildren } from 'preact';

/** The style of the pages, minified. projenrc/bundle-cli.ts inserts it. */
declare const PAGE_STYLE: string;

export interface DocumentProps {
  readonly title: string;
  readonly script?: string;
  readonly children: ComponentChildren;
}

export function Document({ title, script, children }: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyFor(script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: PAGE_STYLE }} />
        {script === undefined ? null : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy */
function policyFor(script: string | undefined): string {
  return [
    "default-src 'none'", `style-src ${hashOf(PAGE_STYLE)}`, `script-src ${script === undefined ? "'none'" : hashOf(script)}`,
    'img-src data:', "base-uri 'none'", "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
