import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ReportsPage } from '@/service_desk/reports/ReportsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/resident-reports')({
  beforeLoad: needs('report.triage'),
  validateSearch: listSearch,
  component: ReportsPage,
});
