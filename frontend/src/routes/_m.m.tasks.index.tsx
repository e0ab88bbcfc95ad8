import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TasksScreen } from '@/org/tasks/phone/TasksScreen';

export const Route = createFileRoute('/_m/m/tasks/')({
  beforeLoad: needs('task.do'),
  component: TasksScreen,
});
