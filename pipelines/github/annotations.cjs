/** Turns a JSON report of the command into annotations and counts. The formats are public: docs/cli.md and docs/cli-diff.md. */
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

function checkCounts({ summary: { errors, warnings } }) {
  return { errors, warnings };
}

/** Returns the path of a file of the report from the root of the repository, with slashes. */
function filesFrom(workspace, folder) {
  return (file) => path.relative(workspace, path.resolve(folder, file)).split(path.sep).join('/');
}

module.exports = { annotationLines, checkAnnotations, checkCounts, filesFrom };
