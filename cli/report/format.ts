import type { Format } from './formats';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { Report, ReportedFinding } from './report';
import { sarifReport } from './sarif';
import { TextOptions, textReport } from './text';
import { htmlReport } from '../html/page';

export function format(report: Report, as: Format, counts: (finding: ReportedFinding) => boolean, options: TextOptions): string {
  switch (as) {
    case 'text': return textReport(report, options);
    case 'json': return jsonReport(report);
    case 'sarif': return sarifReport(report);
    case 'junit': return junitReport(report, counts);
    case 'html': return htmlReport(report);
  }
}
