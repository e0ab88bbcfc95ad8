import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { GoalPage } from '@/goals/GoalPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/goals/sets/$id/$goal')({
  beforeLoad: needs('goal.read'),
  validateSearch: listSearch,
  component: () => {
    const { id, goal } = Route.useParams();
    return <GoalPage key={goal} set={id} goal={goal} />;
  },
});
