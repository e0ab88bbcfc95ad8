import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { MorningPage } from '@/plans/briefings/MorningPage';

export const Route = createFileRoute('/_app/mornings/')({
  beforeLoad: needs('briefing.read'),
  component: MorningPage,
});
