import { Pagination, Stack, Text } from '@grafana/ui';

interface Props {
  /** How many of how many are shown. */
  readonly text: string;
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** What stands below a list. */
export function ListFooter({ text, page, pages, onPage }: Props) {
  return (
    <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
      <Text color="secondary" variant="bodySmall">
        {text}
      </Text>
      <Pagination currentPage={page} numberOfPages={pages} hideWhenSinglePage onNavigate={onPage} />
    </Stack>
  );
}
