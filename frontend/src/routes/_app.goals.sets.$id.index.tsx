import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { SetPage } from '@/goals/SetPage';

export const Route = createFileRoute('/_app/goals/sets/$id/')({
  beforeLoad: needs('goal.read'),
  component: () => <SetPage {...Route.useParams()} />,
});
