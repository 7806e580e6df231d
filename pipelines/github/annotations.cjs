/** Turns a JSON report of the command into annotations and outputs. The formats are public: docs/cli.md and docs/cli-diff.md. */
const fs = require('node:fs');
const path = require('node:path');
const { ANNOTATIONS, MESSAGE_CHARACTERS } = require('./limits.cjs');
const { annotationLine } = require('./workflow-commands.cjs');

/** @param fileOf returns the path in the repository of a file of the report */
function checkAnnotations(report, fileOf) {
  const causes = new Set();
  return [...report.associations, ...report.templateFindings ?? []].flatMap(({ file, path: construct, stack, findings }) => (
    findings.filter((finding) => {
      if (finding.acknowledged !== undefined || (finding.cause !== undefined && causes.has(finding.cause))) { return false; }
      causes.add(finding.cause);
      return true;
    }).map(({ severity, rule, message, fix, line, endLine }) => ({
      level: severity,
      properties: { file: fileOf(file), line, endLine, title: `${rule}: ${construct ?? stack}` },
      message: `${message}\nFix: ${fix}`,
    }))
  ));
}

/** One annotation for a service account: an error if the command fails on it. Pods that only lose are a notice, if that does not fail. */
function diffAnnotations(report, fileOf) {
  return report.serviceAccounts.flatMap(({ cluster, namespace, serviceAccount, fails, head, base, gained, lost, undetermined }) => {
    const words = [
      ...gained.length > 0 ? ['gain permissions'] : [],
      ...lost.length > 0 ? ['lose permissions'] : [],
      ...undetermined.length > 0 ? ['could not be compared fully'] : [],
    ];
    if (words.length === 0) { return []; }
    const requests = (verb, changes) => changes.map(({ causes, example: { action, resource } }) => (
      `They ${verb} permissions. ${causes} Example: ${action} on ${resource}`));
    return [{
      level: fails ? 'error' : gained.length + undetermined.length > 0 ? 'warning' : 'notice',
      properties: { file: fileOf(head?.file), line: head?.line, endLine: head?.endLine, title: `Pods of ${namespace}/${serviceAccount} ${words.join(', ')}` },
      message: [
        `Cluster ${cluster}, association ${(head ?? base).path}`,
        ...requests('gain', gained),
        ...requests('lose', lost),
        ...undetermined.map(({ message, resolution }) => `${message} ${resolution}`),
      ].join('\n'),
    }];
  });
}

/** Writes at most as many of each level as GitHub shows, and says how many it left out. */
function annotationLines(annotations) {
  const counts = {};
  const shown = annotations.filter(({ level }) => {
    counts[level] = (counts[level] ?? 0) + 1;
    return counts[level] <= ANNOTATIONS;
  });
  const left = annotations.length - shown.length;
  return [
    ...shown.map(({ level, properties, message }) => annotationLine(level, properties, cut(message))),
    ...left === 0 ? [] : [annotationLine('notice', {}, `GitHub shows ${ANNOTATIONS} annotations of a level. The log has ${left} more.`)],
  ];
}

function cut(message) {
  return message.length <= MESSAGE_CHARACTERS ? message : `${message.slice(0, MESSAGE_CHARACTERS)}…`;
}

const REPORTS = {
  check: { annotationsOf: checkAnnotations, countsOf: ({ summary: { errors, warnings } }) => ({ errors, warnings }) },
  diff: { annotationsOf: diffAnnotations, countsOf: ({ summary: { gain, lose, undetermined } }) => ({ gain, lose, undetermined }) },
};

/**
 * Returns a function for the path of a file of a report from the root of the repository, with slashes; empty if the file is not in
 * the repository, such as one of another revision.
 */
function filesFrom(workspace, folder) {
  return (file) => {
    if (file === undefined || !fs.existsSync(path.resolve(folder, file))) { return ''; }
    const inside = path.relative(workspace, path.resolve(folder, file)).split(path.sep);
    return inside[0] === '..' || path.isAbsolute(inside.join(path.sep)) ? '' : inside.join('/');
  };
}

module.exports = { annotationLines, filesFrom, REPORTS };
