import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BriefingStatisticsPage } from '@/plans/briefings/BriefingStatisticsPage';

export const Route = createFileRoute('/_app/mornings/statistics')({
  beforeLoad: needs('briefing.read'),
  component: BriefingStatisticsPage,
});
