import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TaskScreen } from '@/org/tasks/phone/TaskScreen';

export const Route = createFileRoute('/_m/m/tasks/$id')({
  beforeLoad: needs('task.do'),
  component: () => <TaskScreen {...Route.useParams()} />,
});
