import { htmlReport } from '../html/page';
import type { Format } from '../report/formats';
import { jsonReport } from '../report/json';
import { junitReport } from '../report/junit';
import { Report, ReportedFinding } from '../report/report';
import { sarifReport } from '../report/sarif';
import { TextOptions, textReport } from '../report/text';

export function format(report: Report, as: Format, counts: (finding: ReportedFinding) => boolean, options: TextOptions): string {
  switch (as) {
    case 'text': return textReport(report, options);
    case 'json': return jsonReport(report);
    case 'sarif': return sarifReport(report);
    case 'junit': return junitReport(report, counts);
    case 'html': return htmlReport(report);
  }
}
