import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutyStatisticsPage } from '@/plans/duties/DutyStatisticsPage';

export const Route = createFileRoute('/_app/duties/statistics')({
  beforeLoad: needs('duty.read'),
  component: DutyStatisticsPage,
});
