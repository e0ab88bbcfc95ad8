import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TaskPage } from '@/org/tasks/TaskPage';

export const Route = createFileRoute('/_app/tasks/$id')({
  beforeLoad: needs('task.read'),
  component: () => <TaskPage {...Route.useParams()} />,
});
