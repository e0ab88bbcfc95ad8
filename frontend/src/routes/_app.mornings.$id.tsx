import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BriefingPage } from '@/plans/briefings/BriefingPage';

export const Route = createFileRoute('/_app/mornings/$id')({
  beforeLoad: needs('briefing.read'),
  component: () => <BriefingPage {...Route.useParams()} />,
});
