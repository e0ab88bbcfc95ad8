import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ChangePage } from '@/estate/changes/ChangePage';

export const Route = createFileRoute('/_app/estate/changes/$id')({
  beforeLoad: needs('estate.read'),
  component: () => <ChangePage {...Route.useParams()} />,
});
