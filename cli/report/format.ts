import { jsonReport } from './json';
import { junitReport } from './junit';
import { Report, ReportedFinding } from './report';
import { sarifReport } from './sarif';
import { TextOptions, textReport } from './text';

export function format(report: Report, as: 'text' | 'json' | 'sarif' | 'junit', counts: (finding: ReportedFinding) => boolean, options: TextOptions): string {
  switch (as) {
    case 'text': return textReport(report, options);
    case 'json': return jsonReport(report);
    case 'sarif': return sarifReport(report);
    case 'junit': return junitReport(report, counts);
  }
}
