import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BlockPage } from '@/estate/records/BlockPage';

export const Route = createFileRoute('/_app/estate/blocks/$id')({
  beforeLoad: needs('estate.read'),
  component: () => <BlockPage {...Route.useParams()} />,
});
