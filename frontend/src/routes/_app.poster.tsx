import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PosterPage } from '@/service_desk/reports/PosterPage';

export const Route = createFileRoute('/_app/poster')({
  beforeLoad: needs('report.triage'),
  component: PosterPage,
});
