import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { StatisticsPage } from '@/service_desk/cases/StatisticsPage';

export const Route = createFileRoute('/_app/case-statistics')({
  beforeLoad: needs('case.read'),
  component: StatisticsPage,
});
